using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery.Uring;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Refuses to start without io_uring if the settings insist on it.</summary>
internal sealed class UringValidator : IValidateOptions<FanoutOptions>
{
    public ValidateOptionsResult Validate(string? name, FanoutOptions options)
    {
        if (!options.Transport.Equals(nameof(TransportKind.Uring), StringComparison.OrdinalIgnoreCase)) // It may be no name at all.
        {
            return ValidateOptionsResult.Success;
        }

        using var ring = UringSetup.TryCreate(SendTransports.BatchSize, out var reason);
        return ring is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Fanout:Transport is Uring, but {reason}. Change that, or set Auto or Send.");
    }
}
