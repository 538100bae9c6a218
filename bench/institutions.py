"""Run with the product's settings: partners by the thousand beside the sample's twelve."""
