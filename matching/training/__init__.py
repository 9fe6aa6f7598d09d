"""Fine-tuning the encoder: data sets, recipes, the run, and the card it writes."""
