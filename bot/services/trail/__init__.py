"""Reading the audit trail: who was shown what, who changed what, whether it is whole, and taking it along."""
