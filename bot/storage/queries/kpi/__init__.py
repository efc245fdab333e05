"""What the figures are made of, added up where the rows are. `some`: only accounts among `ids`; else everybody's."""
