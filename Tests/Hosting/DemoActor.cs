using System.Collections.Immutable;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The demo user, for tests that need any user.</summary>
internal static class DemoActor
{
    public static readonly AuthenticatedActor Instance =
        new(new Actor("user:demo", ImmutableDictionary<string, string>.Empty), ["user_policy"], DateTimeOffset.MaxValue, "key", ApiKeyId: null);
}
