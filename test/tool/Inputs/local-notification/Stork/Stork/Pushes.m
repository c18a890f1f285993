#import "Pushes.h"
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>

@interface Pushes () <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry didUpdatePushCredentials:(PKPushCredentials *)credentials forType:(PKPushType)type
{
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion
{
    NSDictionary *aps = payload.dictionaryPayload[@"aps"];
    NSString *text;
    text = aps[@"alert"];
    if (text != nil)
    {
        if ([UIApplication sharedApplication].applicationState == UIApplicationStateBackground)
        {
            UILocalNotification *notification = [[UILocalNotification alloc] init];
            notification.alertBody = text;
            [notification setApplicationIconBadgeNumber:[aps[@"badge"] integerValue]];
            notification.soundName = UILocalNotificationDefaultSoundName;
            notification.category = @"MESSAGE";
            [[UIApplication sharedApplication] presentLocalNotificationNow:notification];
        }
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
