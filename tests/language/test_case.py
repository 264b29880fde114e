"""Texts in capitals: which words keep theirs."""

from __future__ import annotations

import pytest

from dateline.language.case import mostly_capitals, restored


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SHELLS FELL ON WESTERN QUITO.", "Shells fell on western Quito."),
        ("MR RUIZ AND LT COL PAZ MET MSGR VEGA.", "Mr Ruiz and Lt Col Paz met Msgr Vega."),
        ("THE NVF [UNKNOWN] AND (ARLO) REBELS DIED.", "The NVF [unknown] and (ARLO) rebels died."),
        ("A CAR MAY EXPLODE ON 1 MAY, THE 1ST DAY.", "A car may explode on 1 May, the 1st day."),
        (
            'SUCRE -- [TEXT] THE "PEACE MARCH," IN ITS WAY, SAID: "GO ON."',
            'Sucre -- [TEXT] The "peace march," in its way, said: "Go on."',
        ),
    ],
)
def test_case_restored(text: str, told: str) -> None:
    assert restored(text) == told
    assert len(told) == len(text)


def test_case_only_texts_in_capitals() -> None:
    assert mostly_capitals("REBELS STORMED THE TOWN OF ARLO ON FRIDAY")
    assert not mostly_capitals("Rebels of the FMLN stormed the town of Arlo")
