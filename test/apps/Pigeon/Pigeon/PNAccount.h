#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// Who uses this device, and for what. Kept in the app group's defaults.
@interface PNAccount : NSObject

@property (class, nonatomic, readonly) PNAccount *currentAccount;

@property (nonatomic, copy, readonly) NSString *name;
/// The device hangs at a door and shows who rings.
@property (nonatomic, readonly) BOOL isDoorStation;
@property (nonatomic) BOOL showsPreviews;

@end

NS_ASSUME_NONNULL_END
