"""What the studio's modules are written with, and what runs them."""
