"""What the learning modules share. Every class that a pickle of a learner or a model names lives here."""
