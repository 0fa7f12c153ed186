"""Wraps a page's content as sites and browsers do: what is around a plan once a page is saved."""

from __future__ import annotations

import base64
import quopri
import re

PICTURE = base64.b64encode(b"GIF89a" + bytes(20)).decode()
URL = "https://www.example.org/strategy/plan-2030"

BEFORE = f"""
<a class="skip-link" href="#content">Skip to main content</a>
<div id="onetrust-consent-sdk"><div role="dialog" aria-label="Cookies"><h2>Your privacy</h2>
<p>Goal: to give you the best experience, we and our 83 partners use cookies.</p><button>Accept all</button></div></div>
<div id="CybotCookiebotDialog"><p>Our mission: this website uses cookies to reach youth and women.</p></div>
<div class="cookieNotice"><p>Priority 9: cookies for everyone.</p></div>
<div id="header"><div class="logo"><img src="data:image/gif;base64,{PICTURE}" alt="Logo"></div>
<ul><li><a href="{URL}/goal-7">Goal 7: An item of the menu</a></li></ul></div>
<header class="site-header"><p>Objective 4: a slogan beside the logo</p>
<nav aria-label="Main"><ul><li><a href="{URL}/vision">Our vision</a></li>
<li><a href="{URL}/g8">Goal 8: Navigation for all</a></li></ul></nav></header>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/s">Strategy</a></div>
<noscript><p>Goal 6: please switch JavaScript on</p></noscript>
<template shadowrootmode="open"><p>Goal 5: a template</p></template>"""
AFTER = f"""
<aside><h2>Goal 9: Related pages</h2><ul><li><a href="{URL}/x">Read our mission</a></li></ul></aside>
<div class="share-buttons"><p>Share Goal 1 with your friends</p></div>
<form><label>Goal 10: subscribe</label><input value="Goal 11"></form>
<svg xmlns="http://www.w3.org/2000/svg"><text>Goal 12: a drawing</text></svg>
<iframe src="./plan_files/saved_resource.html"><p>Goal 13: a frame</p></iframe>
<div style="display: none"><p>Goal 14: hidden</p></div>
<footer><p>Goal 15: the footer. © Example 2026</p></footer>
<div class="gdpr-banner"><p>Goal 16: we value your privacy</p></div>
<script>document.write("<h2>Goal 17: written by a script</h2>");</script>"""


def saved(content: str, *, main: bool = True) -> str:
    """Return a page as a browser saves it ("Web page, complete"): the content with its site around it.

    ``main`` is whether the site marks the content as such; many do not.
    """
    inner = f'<main id="content">{content}</main>' if main else f'<div class="wrapper">{content}</div>'
    return (
        f"<!DOCTYPE html>\n<!-- saved from url=({len(URL):04})" + URL + " -->\n"
        '<html lang="en" class="js flexbox"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
        f'<script src="./plan_files/jquery.min.js"></script><style>p::after {{ content: "Goal 18" }}</style>\n'
        f'<link rel="stylesheet" href="./plan_files/site.css"><link rel="icon" href="data:image/gif;base64,{PICTURE}">'
        f"<title>Plan | Example</title></head>\n<body data-page='Goal 19'>{BEFORE}{inner}{AFTER}</body></html>"
    )


def archived(page: str, *, encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    """Return a page with its parts in one file (MHTML), as Chromium saves it."""
    data = page.encode(charset)
    body = {
        "quoted-printable": lambda: quopri.encodestring(data).replace(b"\n", b"\r\n"),
        "base64": lambda: base64.encodebytes(data).replace(b"\n", b"\r\n"),
        "binary": lambda: data,
    }[encoding]()
    boundary = "----MultipartBoundary--Rz1xYDt0uU5qV3----"
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: =?utf-8?Q?Goal=2020?=\r\n"
        "Date: Tue, 24 Nov 2026 02:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    parts = [
        f"Content-Type: text/html; charset={charset}\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: {URL}\r\n\r\n".encode()
        + body,
        b"Content-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\np { color: red }",
        b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n" + PICTURE.encode(),
        b"Content-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n\r\n<p>Goal 21: a frame</p>",
    ]
    mark = f"--{boundary}".encode()
    return head.encode() + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def inner(page: str) -> str:
    """Return the content of a plain page: what stands between the tags of its body."""
    found = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)
    assert found
    return found[1]
