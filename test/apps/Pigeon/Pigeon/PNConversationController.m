#import "PNConversationController.h"

#import "PNMessage.h"
#import "PNMessageCipher.h"
#import "PNMessageStore.h"

@interface PNConversationController ()

@property (nonatomic, copy) NSString *conversation;
@property (nonatomic, strong) PNMessageCipher *cipher;
@property (nonatomic, copy) NSArray<NSString *> *lines;

@end

@implementation PNConversationController

- (instancetype)initWithConversation:(NSString *)conversation {
    self = [super init];
    if (self) {
        _conversation = [conversation copy];
        _cipher = [[PNMessageCipher alloc] init];
        _lines = @[];
    }
    return self;
}

- (void)viewDidLoad {
    [super viewDidLoad];
    self.title = self.conversation;
    NSMutableArray<NSString *> *lines = [[NSMutableArray alloc] init];
    for (PNMessage *message in [[PNMessageStore sharedStore] messagesOfConversation:self.conversation]) {
        [lines addObject:[self.cipher openBody:message.sealedBody] ?: @"…"];
    }
    self.lines = lines;
    [[PNMessageStore sharedStore] markConversationRead:self.conversation];
}

@end
