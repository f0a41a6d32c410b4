LuaT“

-- A plugin that is a binary chunk.
-- expect: input
-- says: binary chunk
-- runs: file
