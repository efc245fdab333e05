"""What people log: conversations, what follows from them, what was promised; and taking that back."""
