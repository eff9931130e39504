using OrleansTicker.Gateway.Hosting;

namespace OrleansTicker.Tests.Gateway.Hosting;

/// <summary>What the program does with its command line.</summary>
public sealed class GatewayCommandsTests
{
    [Theory]
    [InlineData(true, "keys", "list")]
    [InlineData(true, "history", "stats")]
    [InlineData(true, "key")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:8090")]
    [InlineData(false, "/urls", "http://localhost:8090")]
    [InlineData(false, "urls=http://localhost:8090")]
    public void A_word_is_a_command_and_all_else_a_setting(bool isCommand, params string[] args) =>
        Assert.Equal(isCommand, GatewayCommands.Takes(args));

    [Theory]
    [InlineData("Host=x:notaport")]
    [InlineData("Host=db;Target Session Attributes=primary")]
    [InlineData("Host=db;Minimum Pool Size=5;Maximum Pool Size=2")]
    [InlineData("Host=127.0.0.1;Port=99999;Username=gateway")] // Only the first connection shows it.
    public async Task What_Npgsql_refuses_is_a_sentence(string connectionString)
    {
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await GatewayCommands.RunAsync(
            ["keys", "list"],
            output,
            error,
            new() { Args = ["--Keys:Provider=PostgreSql", $"--Keys:ConnectionString={connectionString};Password=secret"] });

        Assert.Equal((1, ""), (code, output.ToString()));
        Assert.StartsWith("Keys:ConnectionString is refused: ", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_told_and_starts_nothing()
    {
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await GatewayCommands.RunAsync(["key", "list"], output, error, new());

        Assert.Equal(2, code);
        Assert.Contains("'key'", error.ToString(), StringComparison.Ordinal);
    }
}
