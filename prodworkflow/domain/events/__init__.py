"""Events: what is told of campaigns to other programs and to chats."""
