using Microsoft.Extensions.Configuration;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidationOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Failures());

    [Fact]
    public void What_is_configured_is_taken()
    {
        var options = Bind("MinSources=3", "MaxDeviation=0.05", "MaxPull=0.001", "MaxSilence=00:00:02", "MaxQuoteAge=00:02:00", "Quotes:USDT=USD", "Quotes:USDC=USD");

        Assert.True(new ConsolidationOptionsValidator().Validate(null, options).Succeeded);
        Assert.Equal((3, 0.05m, 0.001m), (options.MinSources, options.MaxDeviation, options.MaxPull));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2)), (options.MaxSilence, options.MaxQuoteAge));
        Assert.Equal("USD", options.Quotes["USDT"]);
    }

    [Theory]
    [InlineData("MinSources=0", "Consolidation:MinSources must be between 1 and 20.")]
    [InlineData("MaxDeviation=0.6", "Consolidation:MaxDeviation must be between 0.001 and 0.5.")]
    [InlineData("MaxPull=-0.1", "Consolidation:MaxPull must be between 0 and 0.1.")]
    [InlineData("MaxPull=0.03", "Consolidation:MaxPull must not be greater than Consolidation:MaxDeviation.")]
    [InlineData("MaxSilence=00:00:00.5", "Consolidation:MaxSilence must be between 00:00:01 and 00:05:00.")]
    [InlineData("MaxQuoteAge=2.00:00:00", "Consolidation:MaxQuoteAge must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("Quotes:usdt=USD", "Consolidation:Quotes:usdt names no currency; write it as symbols do, such as USDT.")]
    [InlineData("Quotes:USDT=", "Consolidation:Quotes:USDT is ''; set it to a currency as symbols have it, such as USD.")]
    [InlineData("Quotes:USDT=BTC-USD", "Consolidation:Quotes:USDT is 'BTC-USD'; set it to a currency as symbols have it, such as USD.")]
    [InlineData("Quotes:USDT=USDT", "Consolidation:Quotes:USDT is USDT, the same currency; set it to another one or remove it.")]
    public void What_is_wrong_is_told_in_a_sentence(string setting, string sentence) => Assert.Equal([sentence], Failures(setting));

    [Fact]
    public void Conversions_form_neither_a_chain_nor_a_circle()
    {
        Assert.Equal(
            ["Consolidation:Quotes:USDC is USDT, which is converted itself; set it to a currency that is not."],
            Failures("Quotes:USDC=USDT", "Quotes:USDT=USD"));
        Assert.Equal(2, Failures("Quotes:USDC=USDT", "Quotes:USDT=USDC").Count);
    }

    private static IReadOnlyList<string> Failures(params string[] settings) =>
        [.. new ConsolidationOptionsValidator().Validate(null, Bind(settings)).Failures ?? []];

    private static ConsolidationOptions Bind(params string[] settings)
    {
        var values = settings.Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create($"Consolidation:{pair[0]}", (string?)pair[1]));
        var options = new ConsolidationOptions();
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(ConsolidationOptions.Section).Bind(options);
        return options;
    }
}
