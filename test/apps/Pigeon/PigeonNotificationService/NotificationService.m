#import "NotificationService.h"

@interface NotificationService ()

@property (nonatomic, strong) void (^contentHandler)(UNNotificationContent *contentToDeliver);
@property (nonatomic, strong) UNMutableNotificationContent *bestAttemptContent;

@end

@implementation NotificationService

- (void)didReceiveNotificationRequest:(UNNotificationRequest *)request
                   withContentHandler:(void (^)(UNNotificationContent *_Nonnull))contentHandler {
    self.contentHandler = contentHandler;
    self.bestAttemptContent = [request.content mutableCopy];

    NSString *picture = request.content.userInfo[@"picture"];
    NSURL *url = picture ? [NSURL fileURLWithPath:picture] : nil;
    UNNotificationAttachment *attachment =
        url ? [UNNotificationAttachment attachmentWithIdentifier:@"picture" URL:url options:nil error:nil] : nil;
    if (attachment) {
        self.bestAttemptContent.attachments = @[ attachment ];
    }
    self.contentHandler(self.bestAttemptContent);
}

- (void)serviceExtensionTimeWillExpire {
    self.contentHandler(self.bestAttemptContent);
}

@end
