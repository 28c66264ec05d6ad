"""Many agreements from one spreadsheet: a roster's rows and columns, and the answers that each row gives."""
