# Writes OUTPUT, a C++ string literal with the text of the file INPUT.
#   cmake -DINPUT=… -DOUTPUT=… -P EmbedText.cmake
file(READ "${INPUT}" _text)
file(WRITE "${OUTPUT}" "R\"~~text~~(${_text})~~text~~\"\n")
