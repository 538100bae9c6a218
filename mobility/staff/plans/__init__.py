"""The annual plan of internships and advanced training: who sees it, who may do what, and how it is shown."""
