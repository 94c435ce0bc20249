"""How the shipped data was made; never imported by the package."""
