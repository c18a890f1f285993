# cmake -D OUT=file.cpp -D RECEIVERS=file -D ROWS=a.yaml|b.yaml -P EmbedText.cmake
# Writes the catalogue's files as string literals, so that the program needs no
# data beside it.
string(REPLACE "|" ";" ROWS "${ROWS}")
set(text "#include \"matchers/effects/Rows.h\"\n\nusing namespace ringfence::effects;\n\n")
set(table "")
foreach(file IN LISTS ROWS)
  cmake_path(GET file FILENAME name)
  file(READ "${file}" yaml)
  string(APPEND table "    {\"${name}\", R\"ROWS(${yaml})ROWS\"},\n")
endforeach()
file(READ "${RECEIVERS}" yaml)
string(APPEND text
  "static constexpr RowText Rows[] = {\n${table}};\n\n"
  "llvm::ArrayRef<RowText> ringfence::effects::builtinRows() { return Rows; }\n\n"
  "RowText ringfence::effects::builtinReceivers() {\n"
  "  return {\"receivers.yaml\", R\"ROWS(${yaml})ROWS\"};\n}\n")
file(WRITE "${OUT}" "${text}")
