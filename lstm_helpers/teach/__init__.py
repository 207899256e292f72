"""Grade a folder of notebooks, and see what the class thinks.

    python -m lstm_helpers.teach grade SUBMISSIONS --out REPORT

``docs/teach.md`` tells a teacher the rest.
"""
