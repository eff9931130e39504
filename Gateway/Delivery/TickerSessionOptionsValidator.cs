using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Validates <see cref="TickerSessionOptions"/> by the attributes of its properties.</summary>
[OptionsValidator]
internal sealed partial class TickerSessionOptionsValidator : IValidateOptions<TickerSessionOptions>;
