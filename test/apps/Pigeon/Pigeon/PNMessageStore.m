#import "PNMessageStore.h"

#import "PNMessage.h"

@interface PNMessageStore ()

@property (nonatomic, strong) NSMutableArray<PNMessage *> *messages;

@end

@implementation PNMessageStore

+ (PNMessageStore *)sharedStore {
    static PNMessageStore *store;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        store = [[PNMessageStore alloc] init];
    });
    return store;
}

- (instancetype)init {
    self = [super init];
    if (self) {
        _messages = [[NSMutableArray alloc] init];
        for (NSDictionary *fields in [NSArray arrayWithContentsOfFile:self.path] ?: @[]) {
            PNMessage *message = [[PNMessage alloc] initWithDictionary:fields];
            if (message) {
                [_messages addObject:message];
            }
        }
    }
    return self;
}

- (NSString *)path {
    return [NSHomeDirectory() stringByAppendingPathComponent:@"Documents/messages.plist"];
}

- (NSArray<NSString *> *)conversations {
    NSMutableArray<NSString *> *found = [[NSMutableArray alloc] init];
    @synchronized(self) {
        for (PNMessage *message in self.messages) {
            if (![found containsObject:message.conversation]) {
                [found addObject:message.conversation];
            }
        }
    }
    return found;
}

- (NSArray<PNMessage *> *)messagesOfConversation:(NSString *)conversation {
    NSMutableArray<PNMessage *> *found = [[NSMutableArray alloc] init];
    @synchronized(self) {
        for (PNMessage *message in self.messages) {
            if ([message.conversation isEqualToString:conversation]) {
                [found addObject:message];
            }
        }
    }
    return found;
}

- (void)addMessage:(PNMessage *)message {
    @synchronized(self) {
        [self.messages addObject:message];
        [self save];
    }
}

- (void)markConversationRead:(NSString *)conversation {
    @synchronized(self) {
        for (PNMessage *message in self.messages) {
            if ([message.conversation isEqualToString:conversation]) {
                message.isRead = YES;
            }
        }
        [self save];
    }
}

- (void)save {
    NSMutableArray *rows = [[NSMutableArray alloc] init];
    for (PNMessage *message in self.messages) {
        [rows addObject:message.dictionary];
    }
    [rows writeToFile:self.path atomically:YES];
}

@end
