"""What each firm pays and gets back, and what each fund pays when, as paper shows it."""
