"""Words, dates, errors and the few database pieces every part needs. No models of its own."""
