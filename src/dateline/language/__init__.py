"""The one door to paragraphs, sentences, tokens, the parse and trained models."""

from dateline.language.paragraphs import paragraphs
from dateline.language.parse import Parse, Sentence, Token

__all__ = ["Parse", "Sentence", "Token", "paragraphs"]
