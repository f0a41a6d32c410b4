-- Reading bytes at an offset of its choice.
-- expect: input
-- says: 'string.unpack' is not available
return string.unpack("s8", "\255\255\255\255\255\255\255\127")
