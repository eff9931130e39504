using OrleansTicker.Grains.Clustering;

namespace OrleansTicker.Tests.Grains.Clustering;

public sealed class RedisOptionsValidatorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("redis1")]
    [InlineData("redis1:6379,redis2:6380,password=secret,ssl=true,abortConnect=false")]
    public void What_StackExchange_Redis_reads_is_taken(string? redis) =>
        Assert.True(new RedisOptionsValidator().Validate(null, new RedisOptions { Redis = redis }).Succeeded);

    [Theory]
    [InlineData("", "names no server")]
    [InlineData("password=secret", "names no server")]
    [InlineData("redis1,passwort=secret", "cannot be read at 'passwort'")]
    [InlineData("redis1,ssl=secret", "cannot be read at 'ssl'")]
    [InlineData("redis1,connectTimeout=secret", "cannot be read at 'connectTimeout'")]
    public void What_is_wrong_is_named_and_never_repeated(string redis, string sentence)
    {
        var result = new RedisOptionsValidator().Validate(null, new RedisOptions { Redis = redis });

        Assert.Contains(sentence, result.FailureMessage, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }
}
