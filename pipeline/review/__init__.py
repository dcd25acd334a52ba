"""Deciding on doubts: the queue of all documents, the web application that shows it, and what is learnt from it."""
