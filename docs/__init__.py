"""The documentation: pages, and the script that writes those which the code dictates."""
