"""Learning the model of ``understanding`` from plans with gold; needs the extra ``train``."""
