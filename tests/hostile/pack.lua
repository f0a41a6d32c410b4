-- Packing numbers into bytes.
-- expect: input
-- says: 'string.pack' is not available
return string.pack("!16i16", 1)
