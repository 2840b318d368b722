"""Sign-offs: in the box and by closing tickets."""
