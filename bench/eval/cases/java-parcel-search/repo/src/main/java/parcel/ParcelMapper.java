package parcel;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;

/** All statements are in ParcelMapper.xml and use MyBatis parameters. */
@Mapper
public interface ParcelMapper {
    List<Parcel> search(@Param("depot") int depot, @Param("text") String text, @Param("order") String order);
}
