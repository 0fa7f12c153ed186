"""Replies that were paid for once: kept by source, prompt and model, so that a run that broke off goes on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from strategraph.curation.proposing.collecting import Reply
from strategraph.curation.proposing.prompts import Prompt
from strategraph.system.whole_files import write_files


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder with one file for each reply; without a folder, nothing is kept."""

    folder: Path | None

    def get(self, source: str, prompt: Prompt, model: str) -> Reply | None:
        """Return the reply that was kept; None if there is none, or its file is damaged."""
        path = self._path(source, prompt, model)
        if path is None or not path.is_file():
            return None
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return Reply(str(data["text"]), int(data["prompt_tokens"]), int(data["answer_tokens"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def put(self, source: str, prompt: Prompt, model: str, reply: Reply) -> None:
        """Keep a reply."""
        path = self._path(source, prompt, model)
        if path is not None:
            content = json.dumps({"model": model, "prompt": prompt.sha256, "source": source, **asdict(reply)})
            write_files({path: content.encode()})

    def _path(self, source: str, prompt: Prompt, model: str) -> Path | None:
        if self.folder is None:
            return None
        key = hashlib.sha256(json.dumps([source, prompt.sha256, model]).encode()).hexdigest()
        return self.folder / f"{key[:32]}.json"


def default_folder(environ: Mapping[str, str]) -> Path:
    """Return where a user's replies are kept: in the cache folder that the system has for programs."""
    base = environ.get("XDG_CACHE_HOME")
    return (
        (Path(base) if base and os.path.isabs(base) else Path.home() / ".cache") / "strategraph" / "replies"
    )
