-- Escape codes in an error, to write on the terminal.
-- expect: input
-- says: red
error("\27[31mred\27]0;title\7 \194\155 \127 \255\254 \0 hidden")
