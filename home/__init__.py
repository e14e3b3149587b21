"""Pages that every site has, their look and frame, pictures and files."""
