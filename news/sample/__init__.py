"""Sample texts and pictures: original, about nobody in particular, for trying the portal out."""
