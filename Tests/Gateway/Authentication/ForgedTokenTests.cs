using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Authentication;

/// <summary>A gateway refuses forged tokens by itself: no grain hears of them.</summary>
public sealed class ForgedTokenTests : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<string> _called = new();

    [Fact]
    public async Task Forged_tokens_of_every_kind_are_refused_everywhere_and_no_grain_is_called_or_activated()
    {
        await using var gateway = await GatewayHost.StartAsync(builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this));
        var token = await gateway.GetTokenAsync();
        var other = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        await client.ReceiveAsync("ticker");
        var activations = await TokenGrainsOf(gateway);
        Assert.NotEmpty(_called);
        _called.Clear();

        string[] forged =
        [
            token[..^1], token[..43], token[..44], "", // Cut.
            token + "A", token + "=", "A" + token, // Lengthened.
            token.Replace('.', ','), $"{token[..^1]}+", $"{token[..^1]}/", $"{token[..^1]}!", $"ä{token[1..]}", // Of another alphabet.
            $"{token[..44]}{other[44..]}", $"{token[44..]}.{token[..43]}", // With another's signature.
            TokenRequests.Forge(token), TokenRequests.Forge(token, at: 44), // Made up.
            new string('A', 43) + "." + new string('A', 43),
        ];
        foreach (var text in forged)
        {
            using var asked = await gateway.Http.GetAsync($"/ws/ticker?x-auth-token={Uri.EscapeDataString(text)}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            await client.SendAsync($$"""{"type":"auth","token":"{{text}}"}""");
            Assert.Equal("invalid_token", (await client.ReceiveAsync("error")).GetProperty("code").GetString());
        }

        Assert.Empty(_called);
        Assert.Equal(activations, await TokenGrainsOf(gateway));

        foreach (var text in forged.Where(text => text.Length > 0))
        {
            using var revoked = await gateway.PostAsync("/auth/revoke", token, JsonContent.Create(new { token = text }));
            using var told = await gateway.PostAsync("/auth/introspect", token, JsonContent.Create(new { token = text }));
            Assert.Equal(
                (HttpStatusCode.OK, """{"active":false}"""),
                (revoked.StatusCode, await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        Assert.Equal([gateway.KeyOf(token)], _called.Distinct()); // The caller's own.
        Assert.Equal(activations, await TokenGrainsOf(gateway));
    }

    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(ITokenGrain))
        {
            _called.Enqueue(context.TargetId.Key.ToString()!);
        }

        return context.Invoke();
    }

    private static async Task<int> TokenGrainsOf(GatewayHost gateway) =>
        (await gateway.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
            .Where(grain => grain.GrainType.Contains("TokenGrain", StringComparison.Ordinal))
            .Sum(grain => grain.ActivationCount);
}
