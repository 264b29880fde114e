"""The commands by group: each module adds its commands to the parser and runs them. No logic; the rooms have that."""

ALL_READ, SOME_FAILED, NOT_STARTED = 0, 1, 2
