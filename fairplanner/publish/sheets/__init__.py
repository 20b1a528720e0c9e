"""The papers of one delegation or one firm: handout, briefing, answer."""
