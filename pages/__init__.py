"""How the documentation is made: what is generated from the program, and what is executed to see that it is true."""
