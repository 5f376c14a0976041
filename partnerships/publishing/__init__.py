"""Drafts, publishing, history and the roles' part in them."""
