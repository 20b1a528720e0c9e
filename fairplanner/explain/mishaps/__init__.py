"""What may go wrong: fairs moved or cancelled, what breaks, who would come next, plans prepared for it."""
