-- A text of 900,000 letters in the source.
-- expect: limit
-- says: text of more than
local s = "--[[repeat 900000 a]]"
return d.x
