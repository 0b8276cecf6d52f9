// What people mark with that is no official stamp. All around (0, 0), in hundredths of a millimetre.
#pragma once

#include "tests/foreign/drawing.h"
#include "tests/foreign/luck.h"

namespace scrutineer::foreign {

Drawing tick(Luck& luck, double size);
Drawing crossed(Luck& luck, double size);
Drawing scribble(Luck& luck, double size);
Drawing written(Luck& luck, double height);      // a digit, a letter, a word: by hand
Drawing personal_seal(Luck& luck, double size);  // a sign that is not 卜, in a ring or square or bare
Drawing finger(Luck& luck, double size);
Drawing drawn_circle(Luck& luck, double radius, double pen, double wobble);
Drawing strike(Luck& luck, double length, double pen);  // one line by hand
Drawing dot(double diameter);
Drawing shown_stamp(Luck& luck);  // "공개된 투표지"

}  // namespace scrutineer::foreign
