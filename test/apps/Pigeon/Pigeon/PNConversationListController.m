#import "PNConversationListController.h"

#import "PNConversationController.h"
#import "PNMessageStore.h"

@interface PNConversationListController ()

@property (nonatomic, copy) NSArray<NSString *> *conversations;

@end

@implementation PNConversationListController

- (void)viewDidLoad {
    [super viewDidLoad];
    self.title = @"Pigeon";
    self.conversations = [PNMessageStore sharedStore].conversations;
}

- (void)openConversationAtIndex:(NSUInteger)index {
    PNConversationController *next =
        [[PNConversationController alloc] initWithConversation:self.conversations[index]];
    [self.navigationController pushViewController:next animated:YES];
}

@end
