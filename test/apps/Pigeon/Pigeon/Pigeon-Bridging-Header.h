#import "PNMessageCipher.h"
