"""The parties and their relations at a basis, drawn: who plays which part, where each stands, how they are joined."""
