"""Feeds that the user named, polled politely; what is new is read, stored and linked; saved searches raise alerts.

``watching.Watch`` does a round; the command line imports nothing but ``commands`` from here.
"""
