using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Tokens;

namespace OrleansTicker.Tests.Grains.Tokens;

public sealed class TokenOptionsTests
{
    private const string GoodKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public async Task Development_starts_with_the_demo_key_and_all_its_processes_agree()
    {
        using var first = await StartAsync("Development");
        using var second = await StartAsync("Development");
        var signer = first.Services.GetRequiredService<ITokenSigner>();

        Assert.True(second.Services.GetRequiredService<ITokenSigner>().TryVerify(signer.Sign(signer.NewSecret()), out _));
    }

    [Fact]
    public Task Production_without_a_key_does_not_start() =>
        Assert_does_not_start("Production", "set Tokens:Key");

    [Fact]
    public Task Production_with_the_demo_key_does_not_start() =>
        Assert_does_not_start("Production", "demo key", ("Tokens:Key", TokenOptions.DevelopmentKey));

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_short_key_or_one_that_is_no_base64_stops_the_start(string environment)
    {
        await Assert_does_not_start(environment, "has 31 bytes", ("Tokens:Key", Convert.ToBase64String(new byte[31])));
        await Assert_does_not_start(environment, "not base64", ("Tokens:Key", "hunter2 hunter2!"));
    }

    [Theory]
    [InlineData("00:00:59")]
    [InlineData("30.00:00:01")]
    [InlineData("-01:00:00")]
    public Task A_lifetime_out_of_range_does_not_start(string lifetime) =>
        Assert_does_not_start("Development", "Tokens:Lifetime", ("Tokens:Lifetime", lifetime));

    [Fact]
    public async Task The_key_comes_from_the_environment_variable_that_is_named()
    {
        const string Variable = "ORLEANSTICKER_TEST_TOKEN_KEY";
        Environment.SetEnvironmentVariable(Variable, GoodKey);
        using var named = await StartAsync("Production", ("Tokens:KeyEnvironmentVariable", Variable));
        using var given = await StartAsync("Production", ("Tokens:Key", GoodKey));
        var signer = named.Services.GetRequiredService<ITokenSigner>();

        Assert.True(given.Services.GetRequiredService<ITokenSigner>().TryVerify(signer.Sign(signer.NewSecret()), out _));
    }

    [Fact]
    public async Task White_space_around_a_key_is_no_part_of_it()
    {
        using var padded = await StartAsync("Production", ("Tokens:Key", $" {GoodKey}\r\n"), ("Tokens:PreviousKeys:0", $"{GoodKey}\n"));
        using var plain = await StartAsync("Production", ("Tokens:Key", GoodKey));
        var signer = padded.Services.GetRequiredService<ITokenSigner>();

        Assert.True(plain.Services.GetRequiredService<ITokenSigner>().TryVerify(signer.Sign(signer.NewSecret()), out _));
        await Assert_does_not_start("Production", "set Tokens:Key", ("Tokens:Key", "\n"));
        await Assert_does_not_start("Production", "Tokens:PreviousKeys:0 is not set", ("Tokens:Key", GoodKey), ("Tokens:PreviousKeys:0", "\n"));
    }

    [Fact]
    public async Task An_environment_variable_that_is_missing_or_a_key_given_twice_stops_the_start()
    {
        await Assert_does_not_start("Development", "ORLEANSTICKER_TEST_NONE", ("Tokens:KeyEnvironmentVariable", "ORLEANSTICKER_TEST_NONE"));
        await Assert_does_not_start(
            "Development", "set one of them", ("Tokens:KeyEnvironmentVariable", "PATH"), ("Tokens:Key", GoodKey));
    }

    [Fact]
    public async Task What_a_previous_key_has_signed_is_good_and_nothing_new_is_signed_with_it()
    {
        const string Variable = "ORLEANSTICKER_TEST_PREVIOUS_TOKEN_KEY";
        var oldest = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var older = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        Environment.SetEnvironmentVariable(Variable, oldest);
        using var first = await StartAsync("Production", ("Tokens:Key", oldest));
        using var second = await StartAsync("Production", ("Tokens:Key", older));
        using var now = await StartAsync(
            "Production", ("Tokens:Key", GoodKey), ("Tokens:PreviousKeys:0", older), ("Tokens:PreviousKeyEnvironmentVariables:0", Variable));
        using var without = await StartAsync("Production", ("Tokens:Key", GoodKey));
        var signer = SignerOf(now);

        foreach (var host in new[] { first, second, without })
        {
            Assert.True(signer.TryVerify(SignerOf(host).Sign(signer.NewSecret()), out _));
        }

        var token = signer.Sign(signer.NewSecret());
        Assert.True(SignerOf(without).TryVerify(token, out _));
        Assert.False(SignerOf(first).TryVerify(token, out _));
        Assert.False(SignerOf(second).TryVerify(token, out _));
        Assert.False(SignerOf(without).TryVerify(SignerOf(first).Sign(signer.NewSecret()), out _));
    }

    [Theory]
    [InlineData("Production", "Tokens:PreviousKeys:1 is the demo key", "Tokens:PreviousKeys:1", TokenOptions.DevelopmentKey)]
    [InlineData("Development", "Tokens:PreviousKeys:1 has 5 bytes and needs at least 32", "Tokens:PreviousKeys:1", "c2hvcnQ=")]
    [InlineData("Development", "Tokens:PreviousKeys:1 is not base64", "Tokens:PreviousKeys:1", "hunter2 hunter2!")]
    [InlineData("Production", "ORLEANSTICKER_TEST_NONE", "Tokens:PreviousKeyEnvironmentVariables:0", "ORLEANSTICKER_TEST_NONE")]
    [InlineData("Production", "set Tokens:PreviousKeys:0, Tokens:PreviousKeys:1", "Tokens:PreviousKeys", GoodKey)]
    public Task A_previous_key_that_is_missing_short_or_the_demo_key_stops_the_start(string environment, string because, string key, string value) =>
        Assert_does_not_start(environment, because, ("Tokens:Key", GoodKey), ("Tokens:PreviousKeys:0", GoodKey), (key, value));

    private static ITokenSigner SignerOf(IHost host) => host.Services.GetRequiredService<ITokenSigner>();

    private static async Task Assert_does_not_start(string environment, string because, params (string, string)[] settings)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(environment, settings));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IHost> StartAsync(string environment, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddTokens(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
