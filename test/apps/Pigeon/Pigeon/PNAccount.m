#import "PNAccount.h"

@interface PNAccount ()

@property (nonatomic, strong) NSUserDefaults *defaults;

@end

@implementation PNAccount

+ (PNAccount *)currentAccount {
    static PNAccount *account;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        account = [[PNAccount alloc] init];
    });
    return account;
}

- (instancetype)init {
    self = [super init];
    if (self) {
        _defaults = [[NSUserDefaults alloc] initWithSuiteName:@"group.net.example.pigeon"];
    }
    return self;
}

- (NSString *)name {
    return [self.defaults stringForKey:@"name"] ?: @"";
}

- (BOOL)isDoorStation {
    return [self.defaults boolForKey:@"door-station"];
}

- (BOOL)showsPreviews {
    return [self.defaults boolForKey:@"previews"];
}

- (void)setShowsPreviews:(BOOL)showsPreviews {
    [self.defaults setBool:showsPreviews forKey:@"previews"];
}

@end
