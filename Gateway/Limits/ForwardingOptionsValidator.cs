using System.Net;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Refuses proxies that are neither addresses nor networks.</summary>
internal sealed class ForwardingOptionsValidator : IValidateOptions<ForwardingOptions>
{
    public ValidateOptionsResult Validate(string? name, ForwardingOptions options)
    {
        var wrong = options.KnownProxies.FirstOrDefault(text => KnownProxies.Parse(text) is null);
        return wrong is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Forwarding:KnownProxies holds '{wrong}', which {FaultOf(wrong)}: write an address such as 10.0.0.7, or a network such as 10.0.0.0/8.");
    }

    private static string FaultOf(string text) => text.Split('/') switch
    {
        [var address] when !IPAddress.TryParse(address, out _) => "is no address",
        [var address, _] when !IPAddress.TryParse(address, out _) => "begins with no address",
        [_, var length] when !byte.TryParse(length, out _) => "has a prefix that is no number of bits",
        _ => "has a prefix that is longer than its address",
    };
}
