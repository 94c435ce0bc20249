"""Quality, speed and scale, measured on this machine."""
